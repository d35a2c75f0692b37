import { kontor } from './kontor';

/** What a test notes of each page that it has found well made; looked-at.ts compares that with the routes. */
export const LOOKED_AT = 'looked at';

/** Routes of pages that a test looks at on its way, with the file that it is in. */
export const lookedAt: Record<string, string> = {
  '/account/calendar': 'appointments',
  '/account/email': 'people',
  '/appointments': 'appointments',
  '/appointments/{id}': 'appointments',
  '/documents/{id}/decline': 'approvals',
  '/documents/{id}/delegate': 'approvals',
  '/email-change': 'people',
  '/notifications': 'notifications',
  '/orders': 'orders',
  '/orders/{id}': 'orders',
  '/organisation': 'people',
  '/organisation/invite': 'people',
  '/organisation/people/{person}': 'people',
  '/organisation/people/{person}/access': 'people',
  '/organisation/webhooks/{id}': 'webhooks',
  '/password-reset': 'people',
  '/password-reset/new': 'people',
  '/projects': 'projects',
  '/projects/{id}': 'projects',
  '/projects/{id}/tasks/{task}': 'projects',
  '/requests/{id}': 'sending',
  '/search': 'everywhere',
  '/sign-in/factor': 'passkeys',
  '/sign-in/link': 'people',
  '/staff/announcements/{id}': 'announcements',
  '/staff/appointments': 'appointments',
  '/staff/appointments/{id}': 'appointments',
  '/staff/appointments/{id}/edit': 'appointments',
  '/staff/approvals': 'approvals',
  '/staff/customers/{id}/archive': 'customers',
  '/staff/customers/{id}/edit': 'customers',
  '/staff/customers/{id}/people': 'customers',
  '/staff/customers/{id}/sign-in': 'customers',
  '/staff/customers/{id}/view-as/{person}': 'customers',
  '/staff/documents/{id}/approval': 'approvals',
  '/staff/imports': 'imports',
  '/staff/imports/{id}': 'imports',
  '/staff/orders': 'orders',
  '/staff/orders/board': 'orders',
  '/staff/orders/bulk': 'orders',
  '/staff/orders/{id}': 'orders',
  '/staff/orders/{id}/edit': 'orders',
  '/staff/projects': 'projects',
  '/staff/projects/board': 'projects',
  '/staff/projects/{id}': 'projects',
  '/staff/projects/{id}/edit': 'projects',
  '/staff/search': 'everywhere',
  '/staff/statuses': 'orders',
  '/staff/statuses/new': 'orders',
  '/staff/statuses/{key}': 'orders',
  '/staff/webhooks/{id}': 'webhooks',
  '/unsubscribe': 'unsubscribe',
};

/** What is asked for with GET and is no page. */
export const noPages: Record<string, string> = {
  '/appointments/{id}/calendar.ics': 'a file',
  '/approvals/{id}/certificate.json': 'a file',
  '/approvals/{id}/certificate.pdf': 'a file',
  '/assets/{hash}/{*path}': 'a part of pages',
  '/calendar/{token}': 'for calendar programs',
  '/documents/{id}/versions/{number}/content': 'a file; what stands in its place when there is none is looked at',
  '/documents/{id}/versions/{number}/preview/{page}': 'an image',
  '/healthz': 'for machines',
  '/live': 'a stream for scripts',
  '/manifest.webmanifest': 'for browsers',
  '/metrics': 'for machines',
  '/notifications/{id}': 'leads on to a page',
  '/orders/export': 'a file',
  '/projects/export': 'a file',
  '/portraits/{id}': 'an image',
  '/readyz': 'for machines',
  '/robots.txt': 'for machines',
  '/staff/approvals/export': 'a file',
  '/staff/audit/export': 'a file',
  '/staff/imports/{id}/report.csv': 'a file',
  '/staff/orders/export': 'a file',
  '/staff/projects/export': 'a file',
  '/sw.js': 'a script',
};

/** Everything that the portal answers to GET, but for the API. */
export async function getRoutes(): Promise<string[]> {
  const doors = JSON.parse(await kontor(['routes', '--json'])) as { method: string; path: string }[];
  return doors.filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/')).map(({ path }) => path);
}

/** The route of an address: the one without parameters where there is one. */
export function routeOf(address: string, routes: string[]): string | undefined {
  const path = address.split('?')[0]!;
  const fits = (route: string) => new RegExp(`^${route.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path);
  return routes.includes(path) ? path : routes.find(fits);
}
