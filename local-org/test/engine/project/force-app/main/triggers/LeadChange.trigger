trigger LeadChange on LeadChangeEvent(after insert) {
  for (LeadChangeEvent change : Trigger.new) {
    EventBus.ChangeEventHeader header = change.ChangeEventHeader;
    Notes.add(
      header.getChangeType() + ' ' + header.getEntityName() + ' ' + change.LastName + ' by ' + UserInfo.getName()
    );
  }
}
