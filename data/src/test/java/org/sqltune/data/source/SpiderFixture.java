package org.sqltune.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Spider folder in miniature. */
public final class SpiderFixture {
    private SpiderFixture() {}

    public static Path write(Path folder) throws IOException {
        Files.writeString(folder.resolve("tables.json"), """
                [{"db_id": "shop",
                  "table_names": ["the customers", "orders"],
                  "table_names_original": ["Customers", "Orders"],
                  "column_names": [[-1, "*"], [0, "id"], [0, "home town"], [1, "order id"], [1, "customer"]],
                  "column_names_original": [[-1, "*"], [0, "ID"], [0, "Home Town"], [1, "Order_ID"], [1, "Customer"]],
                  "column_types": ["text", "number", "text", "number", "number"],
                  "primary_keys": [1, 3],
                  "foreign_keys": [[4, 1]]},
                 {"db_id": "zoo",
                  "table_names_original": ["animals"],
                  "column_names_original": [[-1, "*"], [0, "name"], [0, "cage"]],
                  "column_types": ["text", "text", "others"],
                  "primary_keys": [[1, 2]],
                  "foreign_keys": []}]
                """);
        Files.writeString(folder.resolve("train_spider.json"), """
                [{"question": "How many customers?", "query": "SELECT count(*) FROM Customers", "db_id": "shop"},
                 {"question": "Where do they live?", "query": "SELECT \\"Home Town\\" FROM Customers ;", "db_id": "shop"}]
                """);
        Files.writeString(folder.resolve("train_others.json"), """
                [{"question": "Who goes there?", "query": "SELECT name FROM animals;", "db_id": "zoo"}]
                """);
        Files.writeString(folder.resolve("dev.json"), """
                [{"question": "How many?", "query": "SELECT count(*)  FROM animals", "db_id": "zoo", "sql": {"limit": null}},
                 {"question": "How many?", "query": "SELECT count(*) FROM Orders", "db_id": "shop", "sql": {}}]
                """);
        Files.createDirectories(folder.resolve("database/shop"));
        Files.createFile(folder.resolve("database/shop/shop.sqlite"));
        return folder;
    }
}
