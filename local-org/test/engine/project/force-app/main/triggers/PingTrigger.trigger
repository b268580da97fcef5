trigger PingTrigger on Ping__e(after insert) {
  PingHandler.handle(Trigger.new);
}
