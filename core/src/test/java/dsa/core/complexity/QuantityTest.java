package dsa.core.complexity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit read through floating point lands one off and admits or loses the models on the edge. */
final class QuantityTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "0, 0",
    "855770, 855770",
    "24k, 24000",
    "0.856M, 856000",
    "0.129B, 129000000",
    "0.129g, 129000000",
    "1.50K, 1500",
    "4.3M, 4300000",
    "9223372036854775807, 9223372036854775807",
  })
  void suffixesScaleExactly(String text, long count) {
    assertEquals(count, Quantity.parse(text));
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {
        "",
        "k",
        "-1",
        "+1",
        "1e6",
        "0.5",
        "0.0001k",
        "1,000",
        "1 M",
        "NaN",
        "0x10",
        "1MM",
        ".5M",
        "5.M",
        "9223372036854775808",
        "10000000000B",
        "٣",
        "9.2233720368547758B",
        "99999999999999999999999999"
      })
  void everythingElseIsRefusedInOneSentence(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Quantity.parse(text)).getMessage();
    assertTrue(message.startsWith("quantity '" + text + "' is "), message);
  }
}
