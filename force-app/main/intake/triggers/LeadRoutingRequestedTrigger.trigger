trigger LeadRoutingRequestedTrigger on Lead_Routing_Requested__e(after insert) {
  LeadRoutingRequestedHandler.handle(Trigger.new);
}
