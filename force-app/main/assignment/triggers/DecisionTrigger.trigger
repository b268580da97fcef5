trigger DecisionTrigger on AI_Lead_Routing_Decision__c(before update, before delete) {
  DecisionTriggerHandler.handle(Trigger.operationType, Trigger.old, Trigger.newMap);
}
