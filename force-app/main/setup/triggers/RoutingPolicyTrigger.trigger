trigger RoutingPolicyTrigger on Routing_Policy__c(before insert, before update) {
  RoutingPolicyTriggerHandler.handle(Trigger.new, Trigger.oldMap);
}
