package dsa.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of the whole program inside the test's process. */
record Ran(int code, String out, String err) {

  static Ran dsa(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int code = Dsa.run(words, new PrintWriter(out), new PrintWriter(err));
    return new Ran(code, out.toString(), err.toString());
  }

  @Override
  public String toString() {
    return "exit " + code + "\n--- out\n" + out + "\n--- err\n" + err;
  }
}
