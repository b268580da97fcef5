trigger RepProfileTrigger on Rep_Profile__c(before insert, before update) {
  RepProfileKeys.assign(Trigger.new);
}
