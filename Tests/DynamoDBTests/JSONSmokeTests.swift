import DynamoDB
import Testing

@Test func stride() {
    #expect(MemoryLayout<AttributeValue>.stride == 24)
}
