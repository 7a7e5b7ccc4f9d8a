package dsa.trainer.sweep;

import dsa.core.run.Provenance;
import dsa.trainer.engine.EngineInfo;

/**
 * What a worker trains with. One population is trained by one engine, kind of device and number of
 * threads throughout.
 *
 * @param engine name and version
 * @param device kind and name, such as {@code cpu AMD EPYC}
 * @param threads of arithmetic
 */
record Ready(String engine, String device, int threads) {

  static Ready of(EngineInfo info) {
    return new Ready(info.engine(), info.device(), info.options().threads());
  }

  static Ready of(Provenance provenance) {
    return new Ready(provenance.engine(), provenance.device(), provenance.threads());
  }

  static Ready parse(String text) {
    String[] parts = text.split("\\|", -1);
    return new Ready(parts[0], parts[1], Integer.parseInt(parts[2]));
  }

  String text() {
    return engine.replace('|', '/') + "|" + device.replace('|', '/') + "|" + threads;
  }

  private String kind() {
    return device.split(" ", 2)[0];
  }

  /** Whether runs of both may stand in one population. Processors may differ in name. */
  boolean fits(Ready other) {
    return engine.equals(other.engine) && kind().equals(other.kind()) && threads == other.threads;
  }

  /** In words, such as {@code libtorch 2.10.0 on cpu with 1 thread}. */
  String inWords() {
    return engine + " on " + kind() + " with " + threads + (threads == 1 ? " thread" : " threads");
  }
}
