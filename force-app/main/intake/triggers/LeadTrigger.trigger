trigger LeadTrigger on Lead(before insert, after insert) {
  LeadTriggerHandler.handle(Trigger.operationType, Trigger.new);
}
