import { test } from 'node:test';
import { acceptsStatements, refusesStatements } from './harness.ts';

test('shouldFindPagesInAnyCase', () => {
  acceptsStatements('PageReference p = Page.ShopFront; p = page.shopfront; String url = Page.ShopFront.getUrl();');
});

test('shouldRefuseAPageThatTheProjectDoesNotHave', () => {
  refusesStatements({
    'PageReference p = Page.Zork;': '3:24 Page Zork does not exist.',
    'PageReference p = Page.ShopFrond;': '3:24 Page ShopFrond does not exist. Did you mean ShopFront?',
    'String s = Page.ShopFront;': '3:17 Illegal assignment from PageReference to String. Use String.valueOf(…).',
  });
});
