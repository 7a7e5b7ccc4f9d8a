/**
 * Files: reading and writing the project's own formats (docs/formats.md). Foreign formats are in
 * {@code dsa.core.io.foreign}.
 */
package dsa.core.io;
