trigger RoutingRuleTrigger on Routing_Rule__c(before insert, before update) {
  RoutingRuleChecks.check(Trigger.new);
}
