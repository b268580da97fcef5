import type { EmailTemplateMetadata } from '../schema/emailTemplates.ts';
import type { RowWriter } from './rowWriter.ts';

/** Everybody's folder is the organization itself. Source: Object Reference, EmailTemplate, FolderId. */
export function seedEmailTemplates(
  writer: RowWriter,
  templates: readonly EmailTemplateMetadata[],
  labels: ReadonlyMap<string, string>,
  { organization, owner }: { readonly organization: string; readonly owner: string },
): void {
  const folders = new Map<string, string>();
  const names = new Set([...labels.keys(), ...templates.flatMap(({ folder }) => folder ?? [])]);
  for (const name of names) {
    const fields = { Name: labels.get(name) ?? name, DeveloperName: name, Type: 'Email', AccessType: 'Public' };
    folders.set(name, writer.insert('Folder', { ...fields, IsReadonly: false }));
  }
  for (const template of templates) {
    const { folder } = template;
    writer.insert('EmailTemplate', {
      Name: template.name,
      DeveloperName: template.developerName,
      OwnerId: owner,
      FolderId: folder === null ? organization : folders.get(folder),
      FolderName: folder === null ? null : (labels.get(folder) ?? folder),
      TemplateType: template.type,
      TemplateStyle: template.style,
      IsActive: template.available,
      Description: template.description,
      Encoding: template.encoding,
      Subject: template.subject,
      Body: template.body,
      HtmlValue: template.html,
      RelatedEntityType: template.relatedEntityType,
      UiType: template.uiType,
      TimesUsed: 0,
    });
  }
}
