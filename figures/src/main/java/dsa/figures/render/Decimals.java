package dsa.figures.render;

/** Coordinates as files hold them: thousandths at most, the same in every locale. */
final class Decimals {

  private Decimals() {}

  static String of(double value) {
    long thousandths = Math.round(value * 1000);
    long rest = Math.abs(thousandths) % 1000;
    StringBuilder text = new StringBuilder(12);
    if (thousandths < 0) {
      text.append('-');
    }
    text.append(Math.abs(thousandths) / 1000);
    if (rest != 0) {
      text.append('.').append((char) ('0' + rest / 100));
      if (rest % 100 != 0) {
        text.append((char) ('0' + rest / 10 % 10));
        if (rest % 10 != 0) {
          text.append((char) ('0' + rest % 10));
        }
      }
    }
    return text.toString();
  }
}
