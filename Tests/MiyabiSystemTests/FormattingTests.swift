import Testing

@testable import MiyabiSystem

@Suite("Durations in words")
struct FormattingTests {
    @Test(
        arguments: [
            (.zero, "0 ms"), (.milliseconds(999), "999 ms"), (.milliseconds(1000), "1.0 s"),
            (.milliseconds(12_349), "12.3 s"),
            (.milliseconds(59_960), "60.0 s"),
        ] as [(Duration, String)])
    func areShort(duration: Duration, text: String) {
        #expect(duration.short == text)
    }
}
