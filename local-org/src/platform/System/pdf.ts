/** Points of A4, the margin, and the size and distance of lines. */
const PAGE = { width: 595, height: 842, margin: 50, size: 11, leading: 14 } as const;

/**
 * A PDF file with text, one line of the text a line of the page, in as many pages as it takes. The platform renders the text
 * as HTML; this shows it without its tags.
 *
 * Source of the format: ISO 32000-1, 7.5 File Structure.
 */
export function pdfOf(text: string): Uint8Array {
  const plain = text.replace(/<(br|\/p|\/div|\/tr|\/li|\/h\d)\b[^>]*>/gi, '\n').replace(/<[^>]*>/g, '');
  const pages = chunked(plain.split('\n'), Math.floor((PAGE.height - 2 * PAGE.margin) / PAGE.leading));
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${4 + 2 * index} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((lines, index) => pageObjects(lines, 5 + 2 * index)),
  ];
  return new Uint8Array(Buffer.from(fileOf(objects), 'latin1'));
}

function chunked<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

function pageObjects(lines: readonly string[], contents: number): string[] {
  const shown = lines.map((line) => `(${literal(line)}) '`).join('\n');
  const top = PAGE.height - PAGE.margin;
  const stream = `BT /F1 ${PAGE.size} Tf ${PAGE.leading} TL ${PAGE.margin} ${top} Td\n${shown}\nET`;
  return [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] ` +
      `/Resources << /Font << /F1 3 0 R >> >> /Contents ${contents} 0 R >>`,
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
  ];
}

/** A string of PDF; characters that the font lacks are question marks. */
function literal(line: string): string {
  return line.replace(/[\\()]/g, '\\$&').replace(/[^\x20-\xff]/g, '?');
}

/** Objects with the table of where each begins. */
function fileOf(objects: readonly string[]): string {
  let file = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return (
    `${file}xref\n0 ${size}\n0000000000 65535 f \n${table}` +
    `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  );
}
