/**
 * The built-in spaces, and the one place where a name or a file becomes a space. Start with {@link
 * dsa.sampler.spaces.Spaces}. What the spaces are made of is in the packages of their kinds.
 */
package dsa.sampler.spaces;
