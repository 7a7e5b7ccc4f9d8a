/**
 * Networks as values. Start with {@link dsa.core.arch.ArchitectureSpec} (what a network is) and
 * {@link dsa.core.arch.NetworkPlan} (the same, written out as operations). Spaces of architectures
 * are in {@code dsa.sampler}.
 */
package dsa.core.arch;
