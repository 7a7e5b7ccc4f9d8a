package dsa.trainer.process;

import dsa.core.run.Provenance;
import dsa.trainer.engine.EngineInfo;

/**
 * What a worker trains with. One population is trained by one engine, kind of device and number of
 * threads throughout.
 *
 * @param engine name and version, without {@code |}
 * @param device kind and name, such as {@code cpu AMD EPYC}, without {@code |}
 * @param threads of arithmetic, at least 1
 */
public record WorkerSetup(String engine, String device, int threads) {

  /** Replaces the character that separates the parts in messages. */
  public WorkerSetup {
    engine = engine.replace('|', '/');
    device = device.replace('|', '/');
  }

  public static WorkerSetup of(EngineInfo info) {
    return new WorkerSetup(info.engine(), info.device(), info.options().threads());
  }

  public static WorkerSetup of(Provenance provenance) {
    return new WorkerSetup(provenance.engine(), provenance.device(), provenance.threads());
  }

  private String kind() {
    return device.split(" ", 2)[0];
  }

  /** Whether runs of both may stand in one population. Processors may differ in name. */
  public boolean fits(WorkerSetup other) {
    return engine.equals(other.engine) && kind().equals(other.kind()) && threads == other.threads;
  }

  /** In words, such as {@code libtorch 2.10.0 on cpu with 1 thread}. */
  public String inWords() {
    return engine + " on " + kind() + " with " + threads + (threads == 1 ? " thread" : " threads");
  }
}
