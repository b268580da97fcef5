import type { ElementReader } from './elementReader.ts';
import type { Schema } from './descriptor.ts';

/** Where the value of a lead's field goes on conversion. API names. */
export interface LeadFieldMapping {
  readonly from: string;
  readonly object: 'Account' | 'Contact' | 'Opportunity';
  readonly to: string;
}

const TARGETS = ['Account', 'Contact', 'Opportunity'] as const;

/** Reads `LeadConvertSettings`: the project's own mappings of custom fields. What they name must exist. */
export function readLeadMappings(reader: ElementReader, schema: Schema): LeadFieldMapping[] {
  reader.ignore('allowOwnerChange', 'opportunityCreationOptions', 'fullName');
  const mappings: LeadFieldMapping[] = [];
  for (const mapping of reader.readers('objectMapping')) {
    mapping.choice('inputObject', ['Lead'], 'Lead');
    const object = mapping.choice('outputObject', TARGETS, 'Account');
    for (const fields of mapping.readers('mappingFields')) {
      const from = fields.required('inputField');
      const to = fields.required('outputField');
      for (const [name, field] of [['Lead', from] as const, [object, to] as const]) {
        if (schema.object(name)?.fields.has(field.toLowerCase())) continue;
        fields.invalid(fields.element, `In field: field - no CustomField named ${name}.${field} found`);
      }
      mappings.push({ from, object, to });
      fields.finish();
    }
    mapping.finish();
  }
  reader.finish();
  return mappings;
}

/** Reads `LeadConfig.settings`: whether lead triggers and rules run on conversion ("Require Validation for Converted Leads"). */
export function readLeadConfig(reader: ElementReader): { readonly requiresValidation: boolean } {
  reader.ignore('doesEnableLeadConvertDefaultSubjectBlankTaskCreation', 'doesHideOpportunityInConvertLeadWindow');
  reader.ignore('doesSelectNoOpportunityOnConvertLead', 'doesTrackHistory', 'enableConversionsOnMobile');
  reader.ignore('enableOrgWideMergeAndDelete', 'doesPreserveLeadStatus', 'fullName');
  const requiresValidation = reader.boolean('shouldLeadConvertRequireValidation');
  reader.finish();
  return { requiresValidation };
}
