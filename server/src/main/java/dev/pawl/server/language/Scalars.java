package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML 1.2 core scalars as JSON values, whole numbers exact at any size. */
final class Scalars {
  private static final int MAX_DIGITS = 1000;

  private Scalars() {}

  /**
   * @throws IllegalArgumentException when JSON has no such value
   */
  static JsonNode read(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.STR)) {
      return TextNode.valueOf(text);
    }
    if (tag.equals(Tag.NULL)) {
      return NullNode.getInstance();
    }
    if (tag.equals(Tag.BOOL)) {
      return BooleanNode.valueOf(text.equalsIgnoreCase("true"));
    }
    if (tag.equals(Tag.INT)) {
      return integer(text);
    }
    if (tag.equals(Tag.FLOAT)) {
      return decimal(text);
    }
    throw new IllegalArgumentException("the tag '" + tag + "' is not known here");
  }

  private static JsonNode integer(String text) {
    guardDigits(text);
    BigInteger value;
    if (text.startsWith("0x")) {
      value = new BigInteger(text.substring(2), 16);
    } else if (text.startsWith("0o")) {
      value = new BigInteger(text.substring(2), 8);
    } else {
      value = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    }
    if (value.bitLength() < Integer.SIZE) {
      return IntNode.valueOf(value.intValue());
    }
    return value.bitLength() < Long.SIZE
        ? LongNode.valueOf(value.longValue())
        : BigIntegerNode.valueOf(value);
  }

  private static JsonNode decimal(String text) {
    guardDigits(text);
    try {
      BigDecimal value = new BigDecimal(text);
      if (Math.abs((long) value.scale()) > MAX_DIGITS) {
        throw new IllegalArgumentException("the number '" + text + "' is out of range");
      }
      return DecimalNode.valueOf(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a number JSON can hold; put it in quotes if it is text", e);
    }
  }

  private static void guardDigits(String text) {
    if (text.length() > MAX_DIGITS) {
      throw new IllegalArgumentException("a number of more than " + MAX_DIGITS + " digits");
    }
  }
}
