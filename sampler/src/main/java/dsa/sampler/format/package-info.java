/**
 * What all space files have in common: the document, its head, and how faults are said. Start with
 * {@link dsa.sampler.format.SpaceFile}. What is particular to a kind of space is read in the kind's
 * own package.
 */
package dsa.sampler.format;
