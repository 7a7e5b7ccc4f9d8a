package dsa.trainer.sweep;

import dsa.core.run.RunRecord;

/** Is told how a sweep goes; all calls come from the thread that runs it. */
public interface SweepListener {

  /** Listens to nothing. */
  SweepListener NONE =
      new SweepListener() {
        @Override
        public void logged(RunRecord run, SweepProgress progress) {}

        @Override
        public void note(String sentence) {}

        @Override
        public void tick(SweepProgress progress) {}
      };

  /** A run came to a result or was given up; it is in the log. */
  void logged(RunRecord run, SweepProgress progress);

  /** Something a user should read, one sentence. */
  void note(String sentence);

  /** Called about once a second. */
  void tick(SweepProgress progress);
}
