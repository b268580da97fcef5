trigger NoteTrigger on Note__c(before insert) {
  for (Note__c note : Trigger.new) {
    if (note.Text__c == 'refuse') {
      note.addError('refused by trigger');
    }
    if (note.Text__c == 'divide') {
      note.Amount__c = 1 / (note.Text__c.length() - 6);
    }
    if (note.Text__c == 'call out') {
      try {
        CalloutJob.fetch('callout:Open/', 1000);
      } catch (CalloutException problem) {
        note.Text__c = problem.getMessage();
      }
    }
  }
}
