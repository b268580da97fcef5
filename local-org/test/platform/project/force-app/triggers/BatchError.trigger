/** Writes down what failed batch jobs say of themselves. */
trigger BatchError on BatchApexErrorEvent(after insert) {
  List<Task> tasks = new List<Task>();
  for (BatchApexErrorEvent error : Trigger.new) {
    tasks.add(
      new Task(
        Subject = error.Phase + ' ' + error.ExceptionType + ' ' + error.Message,
        Description = String.join(
          new List<Object>{
            error.AsyncApexJobId,
            error.JobScope,
            error.DoesExceedJobScopeMaxLength,
            error.StackTrace,
            error.RequestId != null
          },
          '|'
        )
      )
    );
  }
  insert as system tasks;
}
