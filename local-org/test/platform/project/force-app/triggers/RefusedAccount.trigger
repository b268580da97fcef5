/** Refuses accounts of one name. */
trigger RefusedAccount on Account(before insert) {
  for (Account account : Trigger.new) {
    if (account.Name == 'Refuse me') {
      account.addError('Refused by a trigger');
    }
  }
}
