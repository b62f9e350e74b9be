//! What requests that read or write custom data have in common.

/// Lets a builder that reads custom data read it into a type of the caller's own.
macro_rules! reads_custom_data {
    ($builder:ident) => {
        impl $builder {
            /// Sends it and reads the values into a type of yours. See [`read_as`](crate::CustomData::read_as).
            ///
            /// # Errors
            /// [`is_unexpected_answer`](crate::Error::is_unexpected_answer) if a value does not fit, with the key in
            /// [`field`](crate::Error::field), and what was there in the message.
            pub fn send_as<T: ::serde::de::DeserializeOwned>(&self) -> Result<T, $crate::Error> {
                let read = self.send()?.read_as();
                read.map_err(|error: $crate::Error| error.in_operation(<Self as $crate::Operation>::NAME))
            }
        }
    };
}
pub(crate) use reads_custom_data;

/// Gives a builder that writes custom data its setters.
macro_rules! writes_custom_data {
    ($builder:ident) => {
        impl $builder {
            /// Sets the value of a key.
            pub fn value(mut self, key: impl Into<String>, value: impl Into<$crate::CustomValue>) -> Self {
                self.data.insert(key.into(), value.into());
                self
            }

            /// Sets the values of keys.
            pub fn values<K: Into<String>, V: Into<$crate::CustomValue>>(
                mut self,
                values: impl IntoIterator<Item = (K, V)>,
            ) -> Self {
                for (key, value) in values {
                    self.data.insert(key.into(), value.into());
                }
                self
            }

            /// Sets the fields of a struct, or the entries of a map. See [`CustomDataInput::of`](crate::CustomDataInput::of).
            pub fn from(mut self, fields: &(impl ::serde::Serialize + ?Sized)) -> Self {
                self.data = self.data.and(fields);
                self
            }
        }
    };
}
pub(crate) use writes_custom_data;

/// The same for the custom data of many.
macro_rules! reads_custom_data_of_many {
    ($builder:ident) => {
        impl $builder {
            /// Sends it and reads the values of each target into a type of yours, by id.
            ///
            /// # Errors
            /// [`is_unexpected_answer`](crate::Error::is_unexpected_answer) if a value does not fit, with the key in
            /// [`field`](crate::Error::field), and the target and what was there in the message.
            pub fn send_as<T: ::serde::de::DeserializeOwned>(
                &self,
            ) -> Result<::std::collections::BTreeMap<String, T>, $crate::Error> {
                let read = self.send()?.read_as();
                read.map_err(|error: $crate::Error| error.in_operation(<Self as $crate::Operation>::NAME))
            }
        }
    };
}
pub(crate) use reads_custom_data_of_many;
