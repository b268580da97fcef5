trigger ShopEvent on Shop_Event__e(after insert) {
  EventBus.TriggerContext context = EventBus.TriggerContext.currentContext();
  List<Account> shops = new List<Account>();
  List<Shop_Event__e> more = new List<Shop_Event__e>();
  for (Shop_Event__e event : Trigger.new) {
    if (event.Shop__c == 'retry' && context.retries < 2) {
      throw new EventBus.RetryableException('again');
    }
    if (event.Shop__c == 'chain') {
      more.add(new Shop_Event__e(Shop__c = 'link'));
    }
    shops.add(new Account(Name = event.Shop__c, Site = event.EventUuid.left(8), NumberOfEmployees = context.retries));
  }
  insert shops;
  EventBus.publish(more);
}
