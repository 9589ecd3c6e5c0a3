package org.sqltune.data.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.function.Consumer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** Converts a column's values to JSON. Each value of a dictionary is converted once. */
final class ScalarConverter extends PrimitiveConverter {
    private final PrimitiveType type;
    private final ScalarValues values;
    private final Consumer<JsonNode> target;
    private final Consumer<String> faults;
    private @Nullable Dictionary dictionary;
    private @Nullable JsonNode[] entries = new JsonNode[0];

    ScalarConverter(PrimitiveType type, Consumer<JsonNode> target, Consumer<String> faults) {
        this.type = type;
        this.values = new ScalarValues(type);
        this.target = target;
        this.faults = faults;
    }

    @Override
    public boolean hasDictionarySupport() {
        return true;
    }

    @Override
    public void setDictionary(Dictionary dictionary) {
        this.dictionary = dictionary;
        this.entries = new JsonNode[dictionary.getMaxId() + 1];
    }

    @Override
    public void addValueFromDictionary(int id) {
        JsonNode known = entries[id];
        if (known == null) {
            known = entry(id);
            entries[id] = known;
        }
        target.accept(known);
    }

    private JsonNode entry(int id) {
        Dictionary source = dictionary;
        if (source == null) {
            throw new IllegalStateException("a value of a dictionary without a dictionary");
        }
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> values.of(source.decodeToInt(id));
            case INT64 -> values.of(source.decodeToLong(id));
            case FLOAT -> DoubleNode.valueOf(source.decodeToFloat(id));
            case DOUBLE -> DoubleNode.valueOf(source.decodeToDouble(id));
            case BOOLEAN -> BooleanNode.valueOf(source.decodeToBoolean(id));
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> node(source.decodeToBinary(id));
        };
    }

    @Override
    public void addBinary(Binary value) {
        target.accept(node(value));
    }

    @Override
    public void addInt(int value) {
        target.accept(values.of(value));
    }

    @Override
    public void addLong(long value) {
        target.accept(values.of(value));
    }

    @Override
    public void addFloat(float value) {
        target.accept(DoubleNode.valueOf(value));
    }

    @Override
    public void addDouble(double value) {
        target.accept(DoubleNode.valueOf(value));
    }

    @Override
    public void addBoolean(boolean value) {
        target.accept(BooleanNode.valueOf(value));
    }

    private JsonNode node(Binary value) {
        JsonNode node = values.of(value);
        if (node == null) {
            faults.accept(": its text isn't UTF-8");
            return NullNode.getInstance();
        }
        return node;
    }
}
