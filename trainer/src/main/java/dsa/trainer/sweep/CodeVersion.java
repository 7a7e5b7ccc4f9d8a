package dsa.trainer.sweep;

import dsa.trainer.network.ModelTrainer;

/** Which program trains, for the provenance of runs. */
final class CodeVersion {

  private CodeVersion() {}

  /** Such as {@code 0.1.0, arithmetic 2}. */
  static String text() {
    String version = CodeVersion.class.getPackage().getImplementationVersion();
    return (version == null ? "(not packaged)" : version) + ", " + ModelTrainer.ARITHMETIC;
  }
}
