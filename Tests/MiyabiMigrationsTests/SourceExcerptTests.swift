import Testing

@testable import MiyabiMigrations

struct SourceExcerptTests {
    @Test func theCaretStandsBelowTheCharacter() {
        let excerpt = SourceExcerpt(file: "a.sql", script: "SELECT 1;\nSELECT foo\nFROM t", offset: 17)
        #expect(excerpt.description == " --> a.sql:2:8\n2 | SELECT foo\n  |        ^")
    }

    @Test func tabsAndWideCharactersKeepTheCaretInPlace() {
        let excerpt = SourceExcerpt(file: "a.sql", script: "\t'雅e\u{301}' x\r\n", offset: 7)
        #expect(excerpt.column == 8)
        #expect(excerpt.description == " --> a.sql:1:8\n1 | \t'雅e\u{301}' x\n  | \t      ^")
    }

    @Test func aPlaceBeyondTheEndIsTheEnd() {
        let excerpt = SourceExcerpt(file: "a.sql", script: "a\nbc", offset: 99)
        #expect((excerpt.line, excerpt.column) == (2, 3))
        #expect(SourceExcerpt(file: "a.sql", script: "", offset: 0).description == " --> a.sql:1:1\n1 | \n  | ^")
    }
}
