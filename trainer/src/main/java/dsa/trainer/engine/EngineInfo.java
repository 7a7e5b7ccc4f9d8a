package dsa.trainer.engine;

/**
 * The engine, its version and its device, for the provenance of a run.
 *
 * @param engine name and version, such as {@code libtorch 2.10.0}
 * @param device such as {@code cpu Intel(R) Xeon(R) Processor} or a GPU's name
 * @param options as they were asked for
 */
public record EngineInfo(String engine, String device, EngineOptions options) {}
