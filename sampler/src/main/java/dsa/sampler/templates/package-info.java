/**
 * Blocks with holes: operations as text in which channels, kernels and whole branches are filled in
 * per network. Start with {@link dsa.sampler.templates.TemplateTexts}, which puts texts together,
 * and {@link dsa.sampler.templates.BlockTemplate}, which makes operations of the result. The
 * language is specified in docs/formats.md.
 */
package dsa.sampler.templates;
