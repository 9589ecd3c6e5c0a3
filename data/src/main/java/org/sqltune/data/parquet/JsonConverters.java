package org.sqltune.data.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Converts groups to JSON: lists become arrays and maps become objects, nested as <a
 * href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#nested-types">the format</a> and its
 * older writers define; any other group becomes an object, and a missing value null.
 */
final class JsonConverters {
    private JsonConverters() {}

    /** @param faults receives values that don't fit their column's type */
    static GroupConverter struct(GroupType type, Consumer<JsonNode> target, Consumer<String> faults) {
        return new Struct(type, target, faults);
    }

    private static Converter of(Type type, Consumer<JsonNode> target, Consumer<String> faults) {
        if (type.isPrimitive()) {
            return new ScalarConverter(type.asPrimitiveType(), target, faults);
        }
        GroupType group = type.asGroupType();
        if (isNested(group) && type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation) {
            return new Items(group, target, faults);
        }
        boolean map = type.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation
                || type.getLogicalTypeAnnotation() instanceof MapKeyValueTypeAnnotation;
        if (map && isNested(group) && isPairs(group.getType(0))) {
            return new Entries(group, target, faults);
        }
        return new Struct(group, target, faults);
    }

    /** Returns whether a group has a single, repeated field. */
    private static boolean isNested(GroupType group) {
        return group.getFieldCount() == 1 && group.getType(0).isRepetition(Repetition.REPEATED);
    }

    private static boolean isPairs(Type entry) {
        return !entry.isPrimitive() && entry.asGroupType().getFieldCount() == 2;
    }

    /** Converts a group to an object. */
    private static final class Struct extends GroupConverter {
        private final GroupType type;
        private final Consumer<JsonNode> target;
        private final List<Converter> fields = new ArrayList<>();
        private ObjectNode object = JsonNodeFactory.instance.objectNode();

        Struct(GroupType type, Consumer<JsonNode> target, Consumer<String> faults) {
            this.type = type;
            this.target = target;
            for (Type field : type.getFields()) {
                String name = field.getName();
                Consumer<JsonNode> place = field.isRepetition(Repetition.REPEATED)
                        ? value -> ((ArrayNode) object.get(name)).add(value)
                        : value -> object.set(name, value);
                fields.add(of(field, place, fault -> faults.accept(name + (fault.startsWith(":") ? "" : ".") + fault)));
            }
        }

        @Override
        public Converter getConverter(int index) {
            return fields.get(index);
        }

        @Override
        public void start() {
            object = JsonNodeFactory.instance.objectNode();
            for (Type field : type.getFields()) {
                object.set(
                        field.getName(),
                        field.isRepetition(Repetition.REPEATED)
                                ? JsonNodeFactory.instance.arrayNode()
                                : NullNode.getInstance());
            }
        }

        @Override
        public void end() {
            target.accept(object);
        }
    }

    /** Converts a LIST to an array. */
    private static final class Items extends GroupConverter {
        private final Consumer<JsonNode> target;
        private final Converter item;
        private ArrayNode array = JsonNodeFactory.instance.arrayNode();

        Items(GroupType list, Consumer<JsonNode> target, Consumer<String> faults) {
            this.target = target;
            Type repeated = list.getType(0);
            this.item = isWrapper(list, repeated)
                    ? new Wrapper(repeated.asGroupType().getType(0), value -> array.add(value), faults)
                    : of(repeated, value -> array.add(value), faults);
        }

        /**
         * Returns whether the repeated group only wraps the element, which allows null elements; older writers have
         * no wrapper.
         */
        private static boolean isWrapper(GroupType list, Type repeated) {
            return !repeated.isPrimitive()
                    && repeated.asGroupType().getFieldCount() == 1
                    && !repeated.getName().equals("array")
                    && !repeated.getName().equals(list.getName() + "_tuple");
        }

        @Override
        public Converter getConverter(int index) {
            return item;
        }

        @Override
        public void start() {
            array = JsonNodeFactory.instance.arrayNode();
        }

        @Override
        public void end() {
            target.accept(array);
        }
    }

    /** Converts an element of a list, which may be null. */
    private static final class Wrapper extends GroupConverter {
        private final Consumer<JsonNode> target;
        private final Converter element;
        private JsonNode value = NullNode.getInstance();

        Wrapper(Type element, Consumer<JsonNode> target, Consumer<String> faults) {
            this.target = target;
            this.element = of(element, found -> value = found, faults);
        }

        @Override
        public Converter getConverter(int index) {
            return element;
        }

        @Override
        public void start() {
            value = NullNode.getInstance();
        }

        @Override
        public void end() {
            target.accept(value);
        }
    }

    /** Converts a map to an object with keys as text. */
    private static final class Entries extends GroupConverter {
        private final Consumer<JsonNode> target;
        private final GroupConverter entry;
        private ObjectNode object = JsonNodeFactory.instance.objectNode();

        Entries(GroupType map, Consumer<JsonNode> target, Consumer<String> faults) {
            this.target = target;
            GroupType pair = map.getType(0).asGroupType();
            String key = pair.getFieldName(0);
            String value = pair.getFieldName(1);
            this.entry = new Struct(pair, found -> object.set(found.get(key).asText(), found.get(value)), faults);
        }

        @Override
        public Converter getConverter(int index) {
            return entry;
        }

        @Override
        public void start() {
            object = JsonNodeFactory.instance.objectNode();
        }

        @Override
        public void end() {
            target.accept(object);
        }
    }
}
