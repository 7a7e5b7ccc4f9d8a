package dsa.analysis.inference;

/** How a p-value came about. */
public enum PValueMethod {
  /** All orderings of two samples without common errors, counted. */
  EXACT("exact"),
  /** All orderings of two samples that share the observed ties, counted. */
  EXACT_GIVEN_TIES("exact, conditional on ties"),
  /** A limiting distribution, for samples too large to count. */
  ASYMPTOTIC("asymptotic"),
  /** The same where errors occur more than once: ties make the true p-value smaller. */
  ASYMPTOTIC_IGNORING_TIES("asymptotic, ties ignored: conservative"),
  /** Labels permuted at random within complexity bins. */
  PERMUTATION_WITHIN_BINS("permutation within bins"),
  /** Labels permuted at random within strata of complexity. */
  PERMUTATION_WITHIN_STRATA("permutation within strata");

  private final String label;

  PValueMethod(String label) {
    this.label = label;
  }

  /** The words used in reports and files. */
  public String label() {
    return label;
  }
}
