package org.sqltune.data.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

class ValueIndexTest {
    private static final Schema BANK = new Schema(
            "bank",
            List.of(
                    new Table("accounts", List.of(new Column("account_type", "text", false))),
                    new Table(
                            "customers",
                            List.of(new Column("city", "text", false), new Column("full_name", "text", false)))),
            List.of());

    private static final ValueLink SAVINGS = new ValueLink("accounts", "account_type", "savings");
    private static final ValueLink SAVINGS_PLUS = new ValueLink("accounts", "account_type", "Savings-plus account");
    private static final ValueLink CITY = new ValueLink("accounts", "account_type", "City");
    private static final ValueLink PARIS = new ValueLink("customers", "city", "Paris");
    private static final ValueLink PARIS_HILL = new ValueLink("customers", "full_name", "Paris Hill");
    private static final ValueLink PARIS_NAME = new ValueLink("customers", "full_name", "Paris");
    private static final ValueLink GIROUD = new ValueLink("customers", "full_name", "Olivier Giroud");
    private static final ValueLink COLOGNE = new ValueLink("customers", "city", "Cologne");
    private static final ValueLink ALL = new ValueLink("customers", "city", "All");

    private static final ValueLinker INDEX = new ValueIndex(
            List.of(SAVINGS, SAVINGS_PLUS, CITY, PARIS, PARIS_HILL, PARIS_NAME, GIROUD, COLOGNE, ALL), BANK);

    @Test
    void caseNumberAndSignsDoNotMatterAndLinksComeInTheQuestionsOrder() {
        assertThat(INDEX.link("Which SAVING is held in cologne?")).containsExactly(SAVINGS, COLOGNE);
        assertThat(INDEX.link("all savings plus accounts")).containsExactly(SAVINGS_PLUS);
    }

    @Test
    void theLongestValueWinsAndATextOfSeveralColumnsIsLinkedToEach() {
        assertThat(INDEX.link("What has Paris Hill?")).containsExactly(PARIS_HILL);
        assertThat(INDEX.link("Who lives in Paris?")).containsExactly(PARIS, PARIS_NAME);
    }

    @Test
    void aRareWordOfALongerValueIsEnough() {
        assertThat(INDEX.link("When did Giroud come?")).containsExactly(GIROUD);
    }

    @Test
    void aWordThatIsNoNameStandsForNoLongerValue() {
        assertThat(INDEX.link("Is there a hill near giroud?")).isEmpty();
        assertThat(INDEX.link("Giroud")).isEmpty();
    }

    @Test
    void signsTellValuesOfOneColumnApartAndLettersAreValuesAsTheyAreWritten() {
        ValueLink plus = new ValueLink("accounts", "grade", "AB+");
        ValueLink minus = new ValueLink("accounts", "grade", "AB-");
        ValueLink letter = new ValueLink("accounts", "grade", "C");
        ValueLink signed = new ValueLink("accounts", "grade", "A+");
        ValueLinker grades = new ValueIndex(List.of(plus, minus, letter, signed), BANK);

        assertThat(grades.link("accounts of AB- or A+")).containsExactly(minus, signed);
        assertThat(grades.link("a C account")).containsExactly(letter);
        assertThat(grades.link("a c account of ab")).containsExactly(plus, minus);
    }

    @Test
    void aNameOfTheSchemaIsAValueWhereTheQuestionNamesItsColumnToo() {
        assertThat(INDEX.link("customers whose account type is city")).containsExactly(CITY);
    }

    @Test
    void accentsAndEndingsOfVerbsDoNotMatter() {
        ValueLink cancelled = new ValueLink("accounts", "state", "Cancelled");
        ValueLink shipping = new ValueLink("accounts", "state", "shipping soon");
        ValueLink malaga = new ValueLink("customers", "city", "Málaga");
        ValueLink iata = new ValueLink("customers", "airport", "ORD");
        ValueLink digits = new ValueLink("customers", "number", "20099");
        ValueLinker index = new ValueIndex(List.of(cancelled, shipping, malaga, iata, digits), BANK);

        assertThat(index.link("How many were canceled in malaga?")).containsExactly(cancelled, malaga);
        assertThat(index.link("what ships soon, what shipped soon")).containsExactly(shipping);
        assertThat(index.link("orders of 2009, ordered")).isEmpty();
    }

    @Test
    void shortNumbersAreValuesOnlyInQuotesOrBesideTheirColumnsName() {
        ValueLink code = new ValueLink("accounts", "code", "007");
        ValueLink phone = new ValueLink("customers", "phone", "555-1234");
        ValueLinker index = new ValueIndex(List.of(code, phone), BANK);

        assertThat(index.link("the first 007 accounts")).isEmpty();
        assertThat(index.link("account with code 007 or 555 1234")).containsExactly(code, phone);
        assertThat(index.link("accounts of '007'")).containsExactly(code);
    }

    @Test
    void oneSlipOfTheFingersIsForgivenInLongerWords() {
        assertThat(INDEX.link("people of colonge")).containsExactly(COLOGNE);
        assertThat(INDEX.link("people of Cologn")).containsExactly(COLOGNE);
        assertThat(INDEX.link("people of Pariz")).isEmpty();
    }

    @Test
    void namesOfTheSchemaAndEmptyWordsAreNoValuesUnlessQuoted() {
        assertThat(INDEX.link("all customers by city")).isEmpty();
        assertThat(INDEX.link("accounts of type 'City'")).containsExactly(CITY);
    }

    @Test
    void aTextWithoutWordsIsLinkedToNothing() {
        assertThat(INDEX.link("")).isEmpty();
        assertThat(INDEX.link("?!")).isEmpty();
    }
}
