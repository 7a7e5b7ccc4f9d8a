/**
 * Files: reading and writing the project's own formats (docs/formats.md). Foreign formats are in
 * {@code dsa.populations.importers}.
 */
package dsa.core.io;
