import Foundation
import MiyabiDatabase
import Testing

@Suite("The text of a UUID")
struct UUIDTextTests {
    @Test("is Foundation's, in small letters")
    func text() {
        let ends = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"]
        for id in ends.map({ UUID(uuidString: $0)! }) + (0..<1000).map({ _ in UUID() }) {
            #expect(id.lowercased == id.uuidString.lowercased())
        }
    }
}
