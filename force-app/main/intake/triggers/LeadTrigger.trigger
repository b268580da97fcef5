trigger LeadTrigger on Lead(before insert, before update, after insert, after update, after delete, after undelete) {
  LeadTriggerHandler.handle(Trigger.operationType, Trigger.isDelete ? Trigger.old : Trigger.new, Trigger.oldMap);
}
