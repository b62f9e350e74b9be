//! The columns of a table of users.

use crate::model::{CustomFieldDefinition, DataType, UserField};

/// The prefix of the column names of custom fields.
const CUSTOM: &str = "customData.";

/// The column for custom data without its own column, as a JSON object.
const REST: &str = "customData";

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Field(UserField),
    /// A custom field and its type. Without a type, values have the type in the pool's definition, or are
    /// texts.
    Custom {
        key: String,
        data_type: Option<DataType>,
    },
    Rest,
}

impl Column {
    /// Returns the column with a name in the first line of a table.
    pub(super) fn of_name(name: &str) -> Self {
        let name = name.trim();
        if name == REST {
            return Self::Rest;
        }
        let Some(custom) = name.strip_prefix(CUSTOM) else { return Self::Field(UserField::from(name)) };
        let typed = custom.rsplit_once(':').and_then(|(key, name)| Some((key, data_type(name)?)));
        match typed {
            Some((key, data_type)) => Self::Custom { key: key.to_owned(), data_type: Some(data_type) },
            None => Self::Custom { key: custom.to_owned(), data_type: None },
        }
    }

    /// Returns the name in the first line of a table.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Field(field) => field.as_str().to_owned(),
            Self::Custom { key, data_type: Some(data_type) } => {
                format!("{CUSTOM}{key}:{}", data_type.as_str().to_lowercase())
            }
            Self::Custom { key, data_type: None } => format!("{CUSTOM}{key}"),
            Self::Rest => REST.to_owned(),
        }
    }

    /// Returns all columns of an export, or the chosen ones, and the custom fields of the pool.
    pub(super) fn all(
        chosen: Option<&[UserField]>,
        with_secrets: bool,
        definitions: &[CustomFieldDefinition],
    ) -> Vec<Self> {
        let is_wanted = |field: &&UserField| match chosen {
            Some(chosen) => chosen.contains(field),
            None => field.is_requested(),
        };
        let is_shown = |field: &&UserField| with_secrets || !field.is_secret();
        let fields: Vec<&UserField> = match chosen {
            Some(chosen) => chosen.iter().collect(),
            None => UserField::ALL.iter().collect(),
        };
        let mut columns: Vec<Self> = fields
            .into_iter()
            .filter(|field| **field != UserField::CustomData)
            .filter(is_wanted)
            .filter(is_shown)
            .cloned()
            .map(Self::Field)
            .collect();
        if chosen.is_none_or(|chosen| chosen.contains(&UserField::CustomData)) {
            columns.extend(definitions.iter().map(|definition| Self::Custom {
                key: definition.key.clone(),
                data_type: Some(known(definition.data_type.as_ref())),
            }));
            columns.push(Self::Rest);
        }
        columns
    }
}

/// Unknown types are treated as text: their values were received as text.
fn known(data_type: Option<&DataType>) -> DataType {
    match data_type {
        None | Some(DataType::Other(_)) => DataType::String,
        Some(known) => known.clone(),
    }
}

fn data_type(name: &str) -> Option<DataType> {
    match DataType::from(&*name.to_uppercase()) {
        DataType::Other(_) => None,
        known => Some(known),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_known_by_its_name() {
        let custom = |key: &str, data_type| Column::Custom { key: key.to_owned(), data_type };
        for (name, column) in [
            ("lastIP", Column::Field(UserField::LastIp)),
            ("usrname", Column::Field(UserField::Other("usrname".to_owned()))),
            ("customData", Column::Rest),
            ("customData.level:number", custom("level", Some(DataType::Number))),
            ("customData.level", custom("level", None)),
            ("customData.a:b:datetime", custom("a:b", Some(DataType::DateTime))),
            ("customData.a:b", custom("a:b", None)),
        ] {
            assert_eq!(Column::of_name(name), column, "{name}");
            assert_eq!(column.name(), name);
        }
    }

    #[test]
    fn an_export_has_the_columns_that_the_document_asks_for() {
        let document = include_str!("../api/users/user.graphql");
        let mut asked: Vec<&str> = document.lines().filter_map(|line| line.strip_prefix("  ")).collect();
        asked.extend(["identities", "customData"]);
        asked.sort_unstable();
        let mut columns: Vec<String> = Column::all(None, true, &[]).iter().map(Column::name).collect();
        columns.sort_unstable();
        assert_eq!(columns, asked);
        let mut public: Vec<String> = Column::all(None, false, &[]).iter().map(Column::name).collect();
        public.extend(["oauth", "password", "token"].map(str::to_owned));
        public.sort_unstable();
        assert_eq!(public, columns);
    }

    #[test]
    fn columns_can_be_chosen_and_stand_in_that_order() {
        let chosen = [UserField::Email, UserField::Id, UserField::Token, UserField::CustomData];
        let columns = Column::all(Some(&chosen), false, &[CustomFieldDefinition::new("level")]);
        let names: Vec<_> = columns.iter().map(Column::name).collect();
        assert_eq!(names, ["email", "id", "customData.level:string", "customData"]);
    }
}
