trigger AccountTrigger on Account(before insert, before update) {
  MatchFields.keepOnAccounts(Trigger.new);
}
