trigger DecisionTrigger on AI_Lead_Routing_Decision__c(before update, before delete) {
  DecisionFacts.protect(Trigger.operationType, Trigger.old, Trigger.newMap);
}
