package dsa.trainer.checkpoint;

import java.io.IOException;
import java.util.Optional;

/** Where a training run keeps its latest {@link Checkpoint}. */
public interface Checkpoints {

  /** Keeps nothing: a run that is interrupted begins anew. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public Optional<Checkpoint> latest(String key) {
          return Optional.empty();
        }

        @Override
        public void save(Checkpoint checkpoint) {}
      };

  /** The latest checkpoint of this key, if there is a whole one. */
  Optional<Checkpoint> latest(String key) throws IOException;

  /** Replaces the latest checkpoint; on disk when this returns. */
  void save(Checkpoint checkpoint) throws IOException;
}
