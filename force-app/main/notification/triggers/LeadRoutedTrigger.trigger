trigger LeadRoutedTrigger on Lead_Routed__e(after insert) {
  LeadRoutedHandler.handle(Trigger.new);
}
