package dsa.trainer.process;

import dsa.trainer.network.ModelTrainer;

/** Which program trains, for the provenance of runs. */
public final class CodeVersion {

  private CodeVersion() {}

  /** Such as {@code 0.1.0, arithmetic 2}. */
  public static String text() {
    String version = CodeVersion.class.getPackage().getImplementationVersion();
    return (version == null ? "(not packaged)" : version) + ", " + ModelTrainer.ARITHMETIC;
  }
}
