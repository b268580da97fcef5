/** Writes down what the change events of accounts say. */
trigger AccountChange on AccountChangeEvent(after insert) {
  List<String> said = new List<String>();
  for (AccountChangeEvent change : Trigger.new) {
    EventBus.ChangeEventHeader header = change.ChangeEventHeader;
    List<String> fields = header.getChangedFields();
    fields.sort();
    said.add(
      header.getChangeType() +
        ' ' +
        header.getEntityName() +
        ' ' +
        header.getRecordIds().size() +
        ' ' +
        String.join(fields, ',') +
        ' nulled ' +
        String.join(header.getNulledFields(), ',') +
        ' ' +
        change.Name +
        ' ' +
        change.Site +
        ' #' +
        header.getSequenceNumber()
    );
  }
  insert as system new Task(
    Subject = said.size() + ' events as ' + UserInfo.getName(),
    Description = String.join(said, '\n')
  );
}
