trigger LeadOwnerChangedTrigger on Lead_Owner_Changed__e(after insert) {
  LeadOwnerChangedHandler.handle(Trigger.new);
}
