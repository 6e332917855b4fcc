internal import DynamoDB

/// An item in its stored form, read in place: whole, or single attributes without decoding the others.
struct StoredItem {
    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) throws(StoredDataError) {
        guard bytes.count > ItemFormat.headerLength else { throw .truncated }
        guard bytes[0] == ItemFormat.version else { throw .unknownVersion }
        self.bytes = bytes
    }

    /// Bytes by AWS's accounting.
    var size: Int {
        Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self)))
    }

    /// All attributes.
    func item() throws(StoredDataError) -> Item {
        var input = try attributes()
        let count = try input.varint()
        return try input.attributes(count)
    }

    /// One attribute's value; nil if the item lacks it.
    func value(named name: String) throws(StoredDataError) -> AttributeValue? {
        guard var input = try input(atValueOf: name) else { return nil }
        return try input.value()
    }

    /// A reader that stands before the tag of the named attribute's value.
    func input(atValueOf name: String) throws(StoredDataError) -> ByteInput? {
        var input = try attributes()
        let count = try input.varint()
        return try input.seek(attribute: name, among: count) ? input : nil
    }

    /// A reader that stands before the number of attributes.
    func attributes() throws(StoredDataError) -> ByteInput {
        var input = ByteInput(bytes)
        _ = try input.take(ItemFormat.headerLength)
        return input
    }
}
