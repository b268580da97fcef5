trigger RoutingPolicyTrigger on Routing_Policy__c(before insert, before update) {
  RoutingPolicyVersions.raise(Trigger.new, Trigger.oldMap);
}
