trigger RoutingReplayRequestedTrigger on Routing_Replay_Requested__e(after insert) {
  ReplayRequestedHandler.handle(Trigger.new);
}
