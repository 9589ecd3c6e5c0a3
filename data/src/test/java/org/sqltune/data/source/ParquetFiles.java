package org.sqltune.data.source;

import blue.strategic.parquet.ParquetWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Writes Parquet files as the hub serves them, with the eleven columns of Gretel's data set. */
public final class ParquetFiles {
    static final List<String> GRETEL = List.of(
            "domain",
            "domain_description",
            "sql_complexity",
            "sql_complexity_description",
            "sql_task_type",
            "sql_task_type_description",
            "sql_prompt",
            "sql_context",
            "sql",
            "sql_explanation");

    private ParquetFiles() {}

    /** Rows of an id and the texts of {@link #GRETEL}; null is null. */
    public record GretelRow(int id, List<String> texts) {}

    public static Path gretel(Path file, Stream<GretelRow> rows) throws IOException {
        List<Type> columns = new ArrayList<>();
        columns.add(Types.optional(PrimitiveTypeName.INT32).named("id"));
        for (String column : GRETEL) {
            columns.add(Types.optional(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(column));
        }
        MessageType type = new MessageType("schema", columns);
        try (ParquetWriter<GretelRow> writer = ParquetWriter.writeFile(type, file.toFile(), (row, values) -> {
            values.write("id", row.id());
            for (int i = 0; i < GRETEL.size(); i++) {
                if (!row.texts().get(i).isEmpty()) {
                    values.write(GRETEL.get(i), row.texts().get(i));
                }
            }
        })) {
            for (GretelRow row : (Iterable<GretelRow>) rows::iterator) {
                writer.write(row);
            }
        }
        return file;
    }

    public static GretelRow row(int id) {
        return new GretelRow(
                id,
                List.of(
                        "forestry",
                        "Comprehensive data on sustainable forest management, timber production and wildlife.",
                        "single join",
                        "only one join (specify inner, outer, cross)",
                        "analytics and reporting",
                        "generating reports, dashboards, and analytical insights",
                        "What is the total volume of timber sold by salesperson " + id + "?",
                        "CREATE TABLE salesperson (salesperson_id INT, name TEXT, region TEXT); INSERT INTO salesperson"
                                + " VALUES (" + id + ", 'John Doe', 'North'); CREATE TABLE timber_sales (sales_id INT,"
                                + " salesperson_id INT, volume REAL);",
                        "SELECT s.name, SUM(t.volume) FROM timber_sales t JOIN salesperson s ON t.salesperson_id ="
                                + " s.salesperson_id WHERE s.salesperson_id = " + id + ";",
                        "Joins timber_sales and salesperson and sums the volume of number " + id + "."));
    }
}
