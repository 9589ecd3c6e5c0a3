package org.sqltune.data.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes an audit as JSON: {@code seconds}, {@code parts}, {@code leakage} and {@code findings}. */
public final class AuditJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private AuditJson() {}

    /** Returns the audit as an indented JSON object. */
    public static String of(AuditReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seconds", report.seconds());
        json.put(
                "parts", report.parts().stream().map(part -> part(part, report)).toList());
        json.put("leakage", report.leakage().stream().map(AuditJson::leakage).toList());
        json.put("findings", report.findings().stream().map(AuditJson::finding).toList());
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Maps of texts and numbers can't fail to be written", e);
        }
    }

    private static Map<String, Object> part(PartAudit part, AuditReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", part.name());
        json.put("examples", part.examples());
        json.put("executed", part.executed());
        json.put("without_database", part.withoutDatabase());
        for (Fault fault : Fault.values()) {
            json.put(fault.label(), report.findings(part.name(), fault).size());
        }
        return json;
    }

    private static Map<String, Object> leakage(Leakage leakage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("train", leakage.train());
        json.put("held_out", leakage.heldOut());
        json.put("by", leakage.by().name().toLowerCase(Locale.ROOT));
        json.put("rows", leakage.rows());
        json.put("of", leakage.of());
        return json;
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fault", finding.fault().label());
        json.put("part", finding.part());
        json.put("id", finding.example().id());
        json.put("db_id", finding.example().databaseId());
        json.put("question", finding.example().question());
        json.put("sql", finding.example().sql());
        json.put("detail", finding.detail());
        return json;
    }
}
