trigger CaseChange on CaseChangeEvent(after insert) {
  for (CaseChangeEvent change : Trigger.new) {
    EventBus.ChangeEventHeader header = change.ChangeEventHeader;
    Notes.add(
      header.getChangeType() + ' ' + header.getEntityName() + ' ' + change.Subject + ' by ' + UserInfo.getName()
    );
  }
}
